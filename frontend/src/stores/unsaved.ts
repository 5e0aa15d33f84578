import { defineStore } from 'pinia'

/** Answers whether what is not saved may get lost; asks the person if there is something. */
export type LossQuestion = () => boolean | Promise<boolean>

/** What has to be asked before the frame forgets what a view shows, such as when it locks the page. */
export const useUnsaved = defineStore('unsaved', () => {
  const questions = new Set<LossQuestion>()

  /** Gives back how to take the question away again. */
  function add(question: LossQuestion): () => void {
    questions.add(question)
    return () => questions.delete(question)
  }

  /** False as soon as one answer is to stay. */
  async function mayGetLost(): Promise<boolean> {
    for (const question of questions) {
      if (!(await question())) return false
    }
    return true
  }

  return { add, mayGetLost }
})
